import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** Linux counts CPU time in hundredths of a second. */
const TICKS_PER_SECOND = 100

/** CPU time that a process has used, all its threads, user and system, in microseconds. */
export function cpuMicros(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND) * 1e6
}

/** Resident memory of a process, bytes. */
export function residentBytes(pid: number): number {
  const kib = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kib) * 1024
}

/** Resident memory once garbage is collected, in a process that loaded `collect-on-signal.js`. */
export async function settledBytes(pid: number): Promise<number> {
  for (let i = 0; i < 3; i++) {
    process.kill(pid, 'SIGUSR2')
    await sleep(1_000)
  }
  return residentBytes(pid)
}

/** Calm after which V8 has given back what a burst of clients made it take. */
const CALM_MS = 25_000
const MAX_REST_MS = 120_000

/** Resident memory once it has ceased to fall by itself as well. */
export async function restingBytes(pid: number): Promise<number> {
  let least = await settledBytes(pid)
  let fellAtMs = clockMs()
  const giveUpAtMs = fellAtMs + MAX_REST_MS
  while (clockMs() < Math.min(fellAtMs + CALM_MS, giveUpAtMs)) {
    await sleep(1_000)
    const bytes = residentBytes(pid)
    if (bytes > least * 0.99) continue
    least = bytes
    fellAtMs = clockMs()
  }
  return residentBytes(pid)
}

/** A clock that all processes of this machine share, milliseconds. */
export const clockMs = (): number => Number(process.hrtime.bigint()) / 1e6
