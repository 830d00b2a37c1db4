// Prints the rows of a relation, and again whenever they change, until Ctrl-C:
//
//     node --import tsx examples/node/follow.ts                                            the latest reading of each sensor
//     node --import tsx examples/node/follow.ts http://127.0.0.1:3000 air_quality_summary  another relation
//     node --import tsx examples/node/follow.ts http://127.0.0.1:3000 sensors_latest pm25=gte.35.5
//
// A server with an ACCESS_TOKEN wants it in the environment variable TOKEN.
import { follow } from '../../lib/client/follow.ts'
import { SubscribeError } from '../../lib/client/subscribe-error.ts'

const [url = 'http://127.0.0.1:3000', relation = 'sensors_latest', ...conditions] = process.argv.slice(2)
const filters = conditions.map((text) => text.split(/=(.*)/s, 2) as [string, string])
const ended = new AbortController()
process.once('SIGINT', () => ended.abort())
// Whoever reads along, as `head` does, may have read enough.
process.stdout.once('error', () => process.exit())

try {
  const options = { relation, filters, token: process.env.TOKEN, signal: ended.signal }
  for await (const { rows, asOfMs } of follow(url, options)) {
    console.log(`${new Date(asOfMs).toISOString()}  ${rows.length} rows`)
    for (const row of rows) console.log(JSON.stringify(row))
  }
} catch (error) {
  // Everything that another try can mend is tried again without a word; this is what cannot be mended from here.
  if (!(error instanceof SubscribeError)) throw error
  console.error(`${error.code}: ${error.message}`)
  process.exitCode = 1
}
