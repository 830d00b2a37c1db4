'use client'

import { useEffect, useRef, useState } from 'react'
import { type Alert, isFiring } from '../../lib/alerts/alert.ts'
import { useAlerts } from './alerts.ts'

/** What happens within this time is said in one sentence. */
const GATHER_MS = 2_000

const keyOf = ({ ruleId, sensorId, fromS }: Alert): string => `${ruleId} ${sensorId} ${fromS}`

/** Tells who cannot see the bell of alerts that begin and end: politely, and all that come together as one. */
export function AlertsVoice() {
  const { alerts } = useAlerts()
  const [words, setWords] = useState('')
  const known = useRef<ReadonlyMap<string, Alert>>(undefined)
  const latest = useRef<ReadonlyMap<string, Alert>>(new Map())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    const firing = new Map(alerts.filter(isFiring).map((alert) => [keyOf(alert), alert]))
    latest.current = firing
    known.current ??= firing
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      const before = known.current ?? new Map<string, Alert>()
      const now = latest.current
      known.current = now
      const begun = [...now].filter(([key]) => !before.has(key)).map(([, alert]) => alert)
      const ended = [...before].filter(([key]) => !now.has(key)).map(([, alert]) => alert)
      if (begun.length + ended.length > 0) setWords(inWords(begun, ended))
    }, GATHER_MS)
  }, [alerts])
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <p role="status" aria-label="Alerts" className="sr-only">
      {words}
    </p>
  )
}

function inWords(begun: readonly Alert[], ended: readonly Alert[]): string {
  const [first] = begun
  const [last] = ended
  const sentences = []
  if (first)
    sentences.push(
      begun.length === 1
        ? `Alert at sensor ${first.sensorId}: ${first.words}.`
        : `${begun.length} alerts fire.`,
    )
  if (last)
    sentences.push(
      ended.length === 1
        ? `The alert at sensor ${last.sensorId} has ended.`
        : `${ended.length} alerts have ended.`,
    )
  return sentences.join(' ')
}
