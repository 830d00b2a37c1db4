'use client'

import { useEffect } from 'react'

/** What may stand before the title of a page, in this order. */
const PLACES = ['alerts', 'connection'] as const
type Place = (typeof PLACES)[number]

const said = new Map<Place, string>()
let own = ''
let shown: string | undefined
let observer: MutationObserver | undefined

function update(): void {
  if (document.title !== shown) own = document.title
  const [alerts, connection] = PLACES.map((place) => said.get(place))
  const name = connection ? `${connection} · ${own}` : own
  shown = alerts ? `${alerts} ${name}` : name
  if (document.title !== shown) document.title = shown
}

/**
 * Says something before the title of the page, for who has it among other tabs: `(2) Stale · Tailboard`. The title
 * itself is the page's own, also when it changes.
 */
export function usePageTitle(place: Place, words: string | undefined): void {
  useEffect(() => {
    if (words === undefined) return
    said.set(place, words)
    observer ??= new MutationObserver(update)
    observer.observe(document.head, { childList: true, subtree: true, characterData: true })
    update()
    return () => {
      said.delete(place)
      update()
      if (said.size > 0) return
      observer?.disconnect()
    }
  }, [place, words])
}
