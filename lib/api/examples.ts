/** How an operation is called from a terminal and from programs: whole texts that run as they stand. */
export interface Examples {
  readonly curl: string
  readonly javascript: string
  readonly python: string
}

/** The query, and where needed the relation, that an operation is shown with. */
const GETS: Readonly<Record<string, string>> = {
  listRelations: '/api/relations',
  describeRelation: '/api/relations/sensors_latest',
  readRows: '/api/relations/sensors_latest/rows?columns=id,pm25&pm25=gte.1&limit=5',
  readSensors: '/api/sensors?limit=5',
  about: '/api',
  openapi: '/api/openapi.json',
  live: '/api/health/live',
  ready: '/api/health/ready',
  metrics: '/api/metrics',
}

const STREAM = '/api/stream?relation=sensors_latest&id=in.(1,2)'
const READING =
  '{"id": 1, "pm25": 8.5, "pm10": 14, "geo_lat": 48.78, "geo_lon": 9.18, "timestamp": 1767225600}'

/** The path that shows what an operation answers; undefined for one that changes something, or never ends. */
export const examplePathOf = (operationId: string): string | undefined => GETS[operationId]

/** Examples of an operation as they are called at `origin`, such as `http://127.0.0.1:3000`. */
export function examplesOf(operationId: string, origin: string): Examples {
  if (operationId === 'openStream') return streamExamples(`${origin}${STREAM}`)
  if (operationId === 'storeReadings') return storeExamples(`${origin}/api/sensors`)
  const path = GETS[operationId]
  if (path === undefined) throw new Error(`There is no example of ${operationId}`)
  const url = `${origin}${path}`
  if (operationId === 'metrics') return textExamples(url)
  return {
    curl: `curl "${url}"`,
    javascript: `const response = await fetch('${url}')\nconsole.log(await response.json())`,
    python: `import json\nfrom urllib.request import urlopen\n\nwith urlopen('${url}') as response:\n    print(json.load(response))`,
  }
}

const textExamples = (url: string): Examples => ({
  curl: `curl "${url}"`,
  javascript: `const response = await fetch('${url}')\nconsole.log(await response.text())`,
  python: `from urllib.request import urlopen\n\nwith urlopen('${url}') as response:\n    print(response.read().decode())`,
})

const storeExamples = (url: string): Examples => ({
  curl: `curl "${url}" \\
  -H 'Content-Type: application/json' \\
  -H "Idempotency-Key: $(date +%s%N)" \\
  -d '[${READING}]'`,
  javascript: `const response = await fetch('${url}', {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
  body: JSON.stringify([${READING}]),
})
console.log(response.status, await response.json())`,
  python: `import json, uuid
from urllib.request import Request, urlopen

readings = [${READING}]
request = Request('${url}', json.dumps(readings).encode(), {
    'Content-Type': 'application/json',
    'Idempotency-Key': str(uuid.uuid4()),
})
with urlopen(request) as response:
    print(response.status, json.load(response))`,
})

const streamExamples = (url: string): Examples => ({
  curl: `curl -N "${url}"`,
  javascript: `const stream = new EventSource('${url}')
for (const kind of ['snapshot', 'update', 'heartbeat', 'status', 'bye']) {
  stream.addEventListener(kind, ({ data, lastEventId }) => console.log(kind, lastEventId, JSON.parse(data)))
}`,
  python: `import json
from urllib.request import urlopen

with urlopen('${url}') as stream:
    kind = None
    for line in stream:
        field, _, value = line.decode().rstrip('\\n').partition(': ')
        if field == 'event':
            kind = value
        elif field == 'data':
            print(kind, json.loads(value), flush=True)`,
})
