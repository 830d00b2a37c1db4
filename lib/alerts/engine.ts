import type { Reading } from '../readings/reading.ts'
import type { Alert } from './alert.ts'
import { type AlertRule, isAbout } from './rule.ts'
import { SensorWatch } from './sensor-watch.ts'
import { type EpisodeChange, Track } from './track.ts'

/** The change of an alert, with whose it is. */
export interface AlertChange extends EpisodeChange {
  readonly ruleId: string
  readonly sensorId: number
}

/**
 * Holds rules against readings. An alert fires once its condition has been met by all readings of a sensor for the
 * whole duration, by the readings' own time: when they arrive, and in which order, means nothing, as long as none is
 * later than `LATE_S`. What is said twice counts once, and a reading that is deleted later has been reported all the
 * same.
 */
export class AlertEngine {
  readonly #sensors = new Map<number, SensorWatch>()
  #rules: readonly AlertRule[] = []
  /** The last that is known of a rule at a sensor from before this page was there. */
  #known = new Map<string, Alert>()

  /** Takes other rules. What is known from before is gone on with. */
  setRules(rules: readonly AlertRule[], known: readonly Alert[]): void {
    this.#rules = rules.filter(({ isOn }) => isOn)
    this.#known = new Map()
    // The newest come first.
    for (const alert of known) {
      const key = keyOf(alert.ruleId, alert.sensorId)
      if (!this.#known.has(key)) this.#known.set(key, alert)
    }
    for (const [id, watch] of this.#sensors) this.#tune(watch, id)
  }

  /** Readings that have come together, in any order. */
  observe(readings: readonly Reading[]): AlertChange[] {
    if (this.#rules.length === 0) return []
    const touched = new Set<number>()
    for (const reading of [...readings].sort((a, b) => a.timestamp - b.timestamp)) {
      const watch = this.#watchOf(reading.id)
      if (watch.tracks.size > 0 && watch.add(reading)) touched.add(reading.id)
    }
    const changes: AlertChange[] = []
    for (const sensorId of touched) {
      for (const [ruleId, track] of this.#watchOf(sensorId).tracks)
        for (const change of track.takeChanges()) changes.push({ ruleId, sensorId, ...change })
    }
    return changes
  }

  #watchOf(id: number): SensorWatch {
    let watch = this.#sensors.get(id)
    if (!watch) {
      watch = new SensorWatch()
      this.#sensors.set(id, watch)
      this.#tune(watch, id)
    }
    return watch
  }

  /** Gives a sensor the rules that are about it; those it has go on. */
  #tune(watch: SensorWatch, id: number): void {
    const rules = this.#rules.filter((rule) => isAbout(rule, id))
    const wanted = new Set(rules.map((rule) => rule.id))
    for (const ruleId of watch.tracks.keys()) if (!wanted.has(ruleId)) watch.tracks.delete(ruleId)
    for (const rule of rules) {
      if (watch.tracks.has(rule.id)) continue
      watch.tracks.set(rule.id, toTrack(rule, this.#known.get(keyOf(rule.id, id))))
    }
  }
}

const keyOf = (ruleId: string, sensorId: number): string => `${ruleId} ${sensorId}`

function toTrack(rule: AlertRule, known: Alert | undefined): Track {
  if (!known) return new Track(rule)
  const { fromS, firedS, toS } = known
  if (toS !== undefined) return new Track(rule, undefined, toS)
  return new Track(rule, { fromS, firedS, toS: undefined }, firedS)
}
