import { readFile } from 'node:fs/promises'
import { cpus, freemem, hostname, loadavg, platform, totalmem } from 'node:os'

/** What this machine is doing. Null where the platform does not tell. */
export interface HostReading {
  readonly host: string
  /** Unix seconds. */
  readonly timestamp: number
  readonly load1m: number | null
  readonly cpuPercent: number | null
  readonly memoryPercent: number | null
  readonly networkReceivedBytesPerSecond: number | null
  readonly networkSentBytesPerSecond: number | null
}

/** Counters that only grow; a rate is the difference of two. */
interface Counters {
  readonly timeMs: number
  readonly cpu: { readonly busy: number; readonly all: number }
  readonly network: NetworkCounters | undefined
}

export interface NetworkCounters {
  readonly received: number
  readonly sent: number
}

/** Measures this machine. Rates are averages since the call before, so the first call has none. */
export function createHostMeter(): () => Promise<HostReading> {
  let before: Counters | undefined
  return async () => {
    const now = await readCounters()
    const reading = toHostReading(now, before, await memoryPercent())
    before = now
    return reading
  }
}

function toHostReading(now: Counters, before: Counters | undefined, memory: number | null): HostReading {
  const seconds = before ? (now.timeMs - before.timeMs) / 1000 : 0
  const rate = (current?: number, earlier?: number): number | null =>
    current === undefined || earlier === undefined || seconds <= 0
      ? null
      : // A counter that starts over, as of an interface that went, would make the rate negative.
        Math.max(0, Math.round((current - earlier) / seconds))
  return {
    host: hostname(),
    timestamp: now.timeMs / 1000,
    load1m: platform() === 'win32' ? null : round(loadavg()[0] ?? 0, 2),
    cpuPercent: before ? cpuPercent(now.cpu, before.cpu) : null,
    memoryPercent: memory,
    networkReceivedBytesPerSecond: rate(now.network?.received, before?.network?.received),
    networkSentBytesPerSecond: rate(now.network?.sent, before?.network?.sent),
  }
}

function cpuPercent(now: Counters['cpu'], before: Counters['cpu']): number | null {
  const all = now.all - before.all
  return all > 0 ? round(Math.min(100, Math.max(0, (100 * (now.busy - before.busy)) / all)), 1) : null
}

async function readCounters(): Promise<Counters> {
  let [busy, all] = [0, 0]
  for (const { times } of cpus()) {
    const sum = times.user + times.nice + times.sys + times.irq + times.idle
    all += sum
    busy += sum - times.idle
  }
  const network = await readFile('/proc/net/dev', 'utf8').then(parseNetDev, () => undefined)
  return { timeMs: Date.now(), cpu: { busy, all }, network }
}

/** Sums the interfaces of `/proc/net/dev`, but the loopback. */
export function parseNetDev(text: string): NetworkCounters {
  let [received, sent] = [0, 0]
  for (const line of text.split('\n')) {
    const [name, counters] = line.split(':')
    if (counters === undefined || name?.trim() === 'lo') continue
    // Sixteen counters: bytes received is the first, bytes sent the ninth.
    const values = counters.trim().split(/\s+/).map(Number)
    received += values[0] ?? 0
    sent += values[8] ?? 0
  }
  return { received, sent }
}

/** Linux counts its file cache as used, which it gives back when asked: `MemAvailable` knows better. */
async function memoryPercent(): Promise<number | null> {
  const available = await readFile('/proc/meminfo', 'utf8').then(parseMemAvailable, () => undefined)
  const total = totalmem()
  return total > 0 ? round(100 * (1 - (available ?? freemem()) / total), 1) : null
}

export function parseMemAvailable(text: string): number | undefined {
  const kib = /^MemAvailable:\s+(\d+) kB$/m.exec(text)?.[1]
  return kib === undefined ? undefined : Number(kib) * 1024
}

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits
