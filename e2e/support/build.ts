import { startTailboard } from './tailboard.ts'

/** Starts Tailboard once, so that the app is built before the first test counts its time. */
export default async function build(): Promise<void> {
  const tailboard = await startTailboard({ SENSORS: '0', HOST_METRICS: 'off' })
  await tailboard.stop()
}
