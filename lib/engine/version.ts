/** Which Materialize the engine plays. Up to v0.26 it speaks TAIL, later SUBSCRIBE. */
export interface Version {
  /** What `mz_version()` answers, such as `v0.26.0 (0123abcde)`. */
  readonly text: string
  readonly era: 'tail' | 'subscribe'
  readonly major: number
  readonly minor: number
  readonly patch: number
}

const PATTERN = /^v(\d{1,3})\.(\d{1,3})(?:\.(\d{1,3})(-dev(?:\.\d+)?)?)?$/
/** Stands where a release has the first nine digits of its commit. */
const BUILD = '000000000'

/** Reads `v0.26` or `v26.24.0`; undefined where the text is neither. */
export function parseVersion(text: string): Version | undefined {
  const match = PATTERN.exec(text)
  if (!match) return undefined
  const [major, minor, patch] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)]
  const era = major === 0 && minor <= 26 ? 'tail' : 'subscribe'
  return { text: `v${major}.${minor}.${patch}${match[4] ?? ''} (${BUILD})`, era, major, minor, patch }
}
