'use client'

import { useSyncExternalStore } from 'react'
import { AlertBook, isOfBook } from '../../lib/alerts/alert-book.ts'
import { AlertWatch } from '../../lib/alerts/alert-watch.ts'
import type { AlertPages } from '../../lib/alerts/decode-pages.ts'
import { persistently } from '../../lib/browser/persistently.ts'
import type { FoldChange } from '../../lib/protocol/fold.ts'
import { canNotify, notify } from './notifications.ts'

interface Alerts {
  readonly book: AlertBook
  readonly watch: AlertWatch
}

let alerts: Alerts | undefined

const loadEngine = () => persistently(() => import('../../lib/alerts/engine.ts'))

function storageOrNone(): Storage | undefined {
  try {
    return localStorage
  } catch {
    // The browser forbids it.
    return undefined
  }
}

/** The alerts of this page. Only in the browser. */
export function getAlerts(): Alerts {
  if (alerts) return alerts
  const book = new AlertBook({
    storage: storageOrNone(),
    locks: navigator.locks,
    onRaised: (raised) => {
      if (book.getPages().notify && canNotify()) notify(raised)
    },
  })
  window.addEventListener('storage', (event) => {
    if (isOfBook(event)) book.reread()
  })
  alerts = { book, watch: new AlertWatch(book, loadEngine) }
  return alerts
}

/** Shows the alerts the changes of a relation of readings. */
export function watchReadings(change: FoldChange): void {
  void getAlerts().watch.observe(change)
}

/** Whether there is a rule that wants to hear every reading, also while nobody can see the page. */
export function areReadingsWatched(): boolean {
  return getAlerts().watch.isNeeded
}

const NONE: AlertPages = { version: 1, rules: [], alerts: [], notify: false }
const subscribe = (listener: () => void) => getAlerts().book.subscribe(listener)

/** The rules and what has come of them; none until the page is in the browser. */
export function useAlerts(): AlertPages {
  return useSyncExternalStore(
    subscribe,
    () => getAlerts().book.getPages(),
    () => NONE,
  )
}
