/** The browser needs the address until it has begun to read; it tells nobody when that is. */
const KEEP_MS = 60_000

/** Lets the reader save something as a file of this name. */
export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS)
}

/** `sensors_view 2026-11-24 14.02.31.csv`: what it is and the time on this machine, in characters any system takes. */
export function fileName(what: string, atMs: number, ending: string): string {
  const at = new Date(atMs)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')
  const time = [two(at.getHours()), two(at.getMinutes()), two(at.getSeconds())].join('.')
  return `${what.replaceAll(/[^\p{L}\p{N}_.-]+/gu, '-').replace(/^[.-]+/, '')} ${day} ${time}.${ending}`
}
