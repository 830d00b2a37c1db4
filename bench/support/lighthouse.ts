import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { findChromium } from '../../e2e/support/find-chromium.ts'

/** The line that runs on Node 20. */
const PACKAGE = 'lighthouse@12'
const INSTALL_TIMEOUT_MS = 180_000
const RUN_TIMEOUT_MS = 180_000

const report = z.object({
  categories: z.record(
    z.string(),
    z.object({
      score: z.number().nullable(),
      auditRefs: z.array(z.object({ id: z.string(), weight: z.number() })),
    }),
  ),
  audits: z.record(z.string(), z.object({ score: z.number().nullable(), title: z.string() })),
})

export interface LighthouseScore {
  readonly category: string
  /** 0 to 100. */
  readonly score: number
  /** What costs points. */
  readonly faults: readonly string[]
}

const run = promisify(execFile)
const npx = (args: readonly string[], timeout: number, env: Record<string, string> = {}) =>
  run('npm', ['exec', '--yes', `--package=${PACKAGE}`, '--', 'lighthouse', ...args], {
    timeout,
    env: { ...process.env, ...env },
  })

/**
 * Lighthouse's scores of a page; undefined, said on stderr, where the package cannot be had. It is no dependency:
 * its own name no versions that `npm ci` could hold to.
 */
export async function askLighthouse(
  url: string,
  categories: readonly string[],
): Promise<LighthouseScore[] | undefined> {
  try {
    await npx(['--version'], INSTALL_TIMEOUT_MS)
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
    process.stderr.write(`  Lighthouse is left out: ${PACKAGE} cannot be had from the registry (${reason})\n`)
    return undefined
  }
  const folder = await mkdtemp(join(tmpdir(), 'tailboard-lighthouse-'))
  try {
    const path = join(folder, 'report.json')
    await npx(
      [
        url,
        `--only-categories=${categories.join()}`,
        '--output=json',
        `--output-path=${path}`,
        '--chrome-flags=--no-sandbox --headless=new',
        '--quiet',
      ],
      RUN_TIMEOUT_MS,
      { CHROME_PATH: findChromium() },
    )
    const { categories: scored, audits } = report.parse(JSON.parse(await readFile(path, 'utf8')))
    return Object.entries(scored).map(([category, { score, auditRefs }]) => ({
      category,
      score: (score ?? 0) * 100,
      faults: auditRefs.flatMap(({ id, weight }) => {
        const audit = audits[id]
        return weight > 0 && audit?.score !== null && (audit?.score ?? 1) < 1 ? [audit?.title ?? id] : []
      }),
    }))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
