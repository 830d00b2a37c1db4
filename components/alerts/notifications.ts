import type { Alert } from '../../lib/alerts/alert.ts'

/** More than this at once would bury the screen: then one tells how many there are. */
const MAX_AT_ONCE = 3

/** What stands between the reader and a notification; `default`: nobody has asked yet. */
export type NotifyState = NotificationPermission | 'unsupported' | 'insecure'

export function notifyState(): NotifyState {
  if (!globalThis.isSecureContext) return 'insecure'
  return typeof Notification === 'undefined' ? 'unsupported' : Notification.permission
}

export function canNotify(): boolean {
  return notifyState() === 'granted'
}

/** Asks the reader. Only on a click: browsers refuse it otherwise, and rightly so. */
export async function askToNotify(): Promise<NotifyState> {
  if (notifyState() !== 'default') return notifyState()
  await Notification.requestPermission()
  return notifyState()
}

/** Tells the reader of alerts outside the page. The tag keeps the tabs of a browser from saying it twice. */
export function notify(alerts: readonly Alert[]): void {
  const [first] = alerts
  if (!first) return
  if (alerts.length > MAX_AT_ONCE) {
    show(
      `${alerts.length} alerts`,
      `${first.words}, at ${alerts.length} sensors`,
      `${first.ruleId} ${first.firedS}`,
    )
    return
  }
  for (const { sensorId, words, ruleId, fromS } of alerts)
    show(`Sensor ${sensorId}`, words, `${ruleId} ${sensorId} ${fromS}`)
}

function show(title: string, body: string, tag: string): void {
  try {
    const notification = new Notification(title, { body, tag, icon: '/icon.svg' })
    notification.onclick = () => {
      window.focus()
      notification.close()
    }
  } catch (error) {
    // Chrome on Android lets only service workers notify.
    if (!(error instanceof TypeError)) throw error
  }
}
