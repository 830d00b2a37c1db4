// A relation as a table in any page, with nothing but what a browser has. docs/stream.md tells the rules it keeps.
//
//     ALLOWED_ORIGINS=http://127.0.0.1:8080 npm start      lets pages of that address read
//     node examples/browser/serve.js                       serves this folder at http://127.0.0.1:8080
//
// The address of the page may name another server, and another relation: ?server=http://127.0.0.1:3001&relation=NAME
const asked = new URLSearchParams(location.search)
const server = asked.get('server') ?? 'http://127.0.0.1:3000'
const relation = asked.get('relation') ?? 'sensors_latest'

/** Heartbeats come every 5 seconds: a connection that is silent for three of them leads nowhere. */
const SILENCE_MS = 15_000

/** How many copies there are of each row, by its JSON. */
let counts = new Map()
/** Of a snapshot whose last part has not come yet. */
let parts = []
let lastEventId = ''
let failures = 0
let source
/** Until the next try: of a stream that is refused, or has fallen silent. */
let timer

connect()

function connect() {
  const query = new URLSearchParams({ relation, ...(lastEventId && { lastEventId }) })
  parts = []
  source?.close()
  source = new EventSource(`${server}/api/stream?${query}`)
  for (const [kind, read] of Object.entries({ snapshot, update, heartbeat, status, bye })) {
    source.addEventListener(kind, (event) => {
      failures = 0
      connectIn(SILENCE_MS)
      read(JSON.parse(event.data))
      lastEventId = event.lastEventId || lastEventId
    })
  }
  source.addEventListener('error', () => {
    say('reconnecting')
    // A connection that breaks is opened again by the browser, with the last id; one that is refused is not.
    if (source.readyState === EventSource.CLOSED) {
      connectIn(Math.random() * Math.min(10_000, 250 * 2 ** failures))
      failures += 1
    }
    parts = []
  })
  connectIn(SILENCE_MS)
}

function connectIn(ms) {
  clearTimeout(timer)
  timer = setTimeout(connect, ms)
}

/** Parts are collected; the last one replaces all rows. */
function snapshot({ columns, part, parts: count, rows }) {
  if (part === 1) parts = []
  parts.push(...rows)
  if (part < count) return
  counts = new Map()
  for (const row of parts) add(row, 1)
  parts = []
  document.getElementById('columns').replaceChildren(...columns.map(({ name }) => cell('th', name)))
  show()
}

function update({ updates }) {
  for (const { row, diff } of updates) add(row, diff)
  show()
}

function heartbeat({ lagMs }) {
  if (lagMs > 10_000) say(`${Math.round(lagMs / 1_000)} s behind`)
}

function status({ state, reason }) {
  say(state === 'live' ? 'live' : `${state}: ${reason}`)
}

function bye() {
  say('the server is going away')
}

/** Two equal rows are two: a row is gone when its count is 0. */
function add(row, diff) {
  const key = JSON.stringify(row)
  const count = (counts.get(key) ?? 0) + diff
  if (count === 0) counts.delete(key)
  else counts.set(key, count)
}

function show() {
  say('live')
  const rows = [...counts].flatMap(([key, count]) => new Array(count).fill(JSON.parse(key)))
  const lines = rows.map((row) => {
    const line = document.createElement('tr')
    line.append(...Object.values(row).map((value) => cell('td', value)))
    return line
  })
  document.getElementById('rows').replaceChildren(...lines)
}

function cell(kind, value) {
  const element = document.createElement(kind)
  element.textContent = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return element
}

function say(words) {
  document.getElementById('state').textContent = words
}
