import { readFileSync } from 'node:fs'

/** Open files of a process beside its clients. */
const OTHER_FILES = 200

/** So many clients, or as many as one process may have open here; says so where they are fewer. */
export function affordable(clients: number): number {
  const limit = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
  const most = limit === undefined ? clients : Number(limit) - OTHER_FILES
  if (most >= clients) return clients
  process.stderr.write(
    `  ${clients} clients need ${clients + OTHER_FILES} open files for a process; ulimit -n allows ${limit}, so there are ${most} clients\n`,
  )
  return most
}
