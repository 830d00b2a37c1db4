import * as z from 'zod/mini'

const factsSchema = z.object({
  engine: z.object({ version: z.string(), statement: z.string(), address: z.optional(z.string()) }),
})

/** Which database answers: its version, the statement that is used with it, and where it is, without secrets. */
export type ServerFacts = z.infer<typeof factsSchema>['engine']

/** Asks the server; undefined where it, or the database, does not answer. */
export async function askServer(signal: AbortSignal): Promise<ServerFacts | undefined> {
  try {
    const response = await fetch('/api', { signal })
    if (!response.ok) return undefined
    const { data } = factsSchema.safeParse(await response.json())
    if (!data) return undefined
    // What follows the version is the commit that it was built from.
    return { ...data.engine, version: data.engine.version.split(' ')[0] ?? '' }
  } catch {
    // The server is away, something else answered in its place, or nobody waits any more.
    return undefined
  }
}
