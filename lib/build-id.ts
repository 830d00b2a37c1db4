import { readFileSync } from 'node:fs'
import { join } from 'node:path'

let buildId: string | undefined

/** The name that the build gave itself; undefined in development. A page of another build is an old page. */
export function readBuildId(): string | undefined {
  try {
    buildId ??= readFileSync(join(process.cwd(), '.next/BUILD_ID'), 'utf8')
  } catch {
    // There is no build: the sources are served as they are.
  }
  return buildId
}
