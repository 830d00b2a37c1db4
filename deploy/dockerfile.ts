export interface Step {
  readonly instruction: string
  readonly text: string
}

export interface Stage {
  readonly name: string | undefined
  readonly image: string
  readonly steps: readonly Step[]
}

/** The stages of a Dockerfile. Throws at what is not understood, so that nothing is passed over. */
export function parseDockerfile(source: string): Stage[] {
  const stages: { name: string | undefined; image: string; steps: Step[] }[] = []
  for (const line of source.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const [, instruction = '', text = ''] = /^([A-Z]+) (.*)$/.exec(line) ?? []
    if (instruction === '') throw new Error(`This line of the Dockerfile is not understood: ${line}`)
    if (instruction === 'FROM') {
      const [image = '', , name] = text.split(/ (as) /i)
      stages.push({ name, image, steps: [] })
      continue
    }
    const stage = stages.at(-1)
    if (!stage) throw new Error(`${instruction} stands before the first FROM`)
    stage.steps.push({ instruction, text })
  }
  return stages
}

/** Whether a path is left out of what a build is given, by a .dockerignore: the last line that fits decides. */
export function isIgnored(ignore: string, path: string): boolean {
  let isOut = false
  for (const line of ignore.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const isException = line.startsWith('!')
    if (toPattern(isException ? line.slice(1) : line).test(path)) isOut = !isException
  }
  return isOut
}

/** A folder's pattern fits what is in it as well. */
function toPattern(glob: string): RegExp {
  const parts = glob.split(/(\*\*\/|\*)/).map((part) => {
    if (part === '**/') return '(?:.*/)?'
    if (part === '*') return '[^/]*'
    return part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${parts.join('')}(?:/.*)?$`)
}
