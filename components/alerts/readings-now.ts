import { getAlerts } from './alerts.ts'

/** Now as the readings have it, in Unix seconds: their clock may be another one than this machine's. */
export function readingsNowS(): number {
  return getAlerts().watch.newestS ?? Date.now() / 1000
}
