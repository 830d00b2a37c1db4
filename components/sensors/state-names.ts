import type { SensorState } from '../../lib/readings/overview.ts'

/** The states of a sensor as a reader sees them. */
export const STATE_NAMES: Readonly<Record<SensorState, string>> = {
  online: 'Online',
  silent: 'Silent',
  faulty: 'Faulty',
}
