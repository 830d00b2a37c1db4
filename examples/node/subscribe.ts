// Prints each change of a relation as a line, and goes on where it was when it is started again:
//
//     node --import tsx examples/node/subscribe.ts http://127.0.0.1:3000 sensors_latest last-id.txt
//
// The file keeps the id of the last event, so that what changed meanwhile comes as one update.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { subscribe } from '../../lib/client/subscribe.ts'

const [url = 'http://127.0.0.1:3000', relation = 'sensors_latest', file = 'last-id.txt'] =
  process.argv.slice(2)
const lastEventId = existsSync(file) ? readFileSync(file, 'utf8') : undefined
const ended = new AbortController()
process.once('SIGINT', () => ended.abort())
// Whoever reads along, as `head` does, may have read enough.
process.stdout.once('error', () => process.exit())

const events = subscribe(url, {
  relation,
  lastEventId,
  token: process.env.TOKEN,
  signal: ended.signal,
  onConnection: ({ state }) => console.error(state),
})
for await (const event of events) {
  if (event.kind === 'snapshot') {
    // All rows, in parts of at most 1,000: they replace whatever was there.
    if (event.data.part === 1) console.log('all rows anew')
    for (const row of event.data.rows) console.log(`+1 ${JSON.stringify(row)}`)
  }
  if (event.kind === 'update') {
    for (const { diff, row } of event.data.updates) {
      console.log(`${diff > 0 ? '+' : ''}${diff} ${JSON.stringify(row)}`)
    }
  }
  // The id is kept once what it stands for is done. Between the parts of a snapshot it is still the one before.
  if ('id' in event && event.id !== undefined) writeFileSync(file, event.id)
}
