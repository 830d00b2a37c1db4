/**
 * What `npm start` and `npm run dev` run. This file knows nothing newer than the oldest Node.js that may meet it, so
 * that it can say what is missing; everything else is imported after.
 */
const OLDEST = [20, 19] as const

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  process.stderr.write(
    `Tailboard needs Node.js ${OLDEST.join('.')} or newer; this is ${process.versions.node}\n`,
  )
  process.exit(1)
}

// A file without imports is a module by this line alone.
export {}

const { launch } = await import('./launcher/launch.ts')
await launch({ dev: process.argv.includes('--dev') })
