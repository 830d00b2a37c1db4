import type { z } from 'zod'
import type { FieldError } from '../protocol/problem.ts'
import { toFieldErrors } from './field-errors.ts'

const MAX_PARAMETERS = 100

/** The query of an address, read by a schema. */
export interface Query<T> {
  readonly data: T
  /** The other parameters in their order: conditions on columns, where a route takes such. */
  readonly filters: readonly (readonly [column: string, condition: string])[]
}

/**
 * Reads the parameters that a schema names, or tells each one that is wrong. Any other is a condition on the column of
 * its name where `takesFilters`, and refused where not.
 */
export function readQuery<T extends z.ZodObject>(
  request: Request,
  schema: T,
  { takesFilters }: { takesFilters: boolean },
): Query<z.output<T>> | FieldError[] {
  const search = new URL(request.url).searchParams
  const names = Object.keys(schema.shape)
  const isNamed = (name: string) => names.includes(name)
  const errors: FieldError[] = []
  if (search.size > MAX_PARAMETERS)
    errors.push({ field: 'query', message: `has more than ${MAX_PARAMETERS} parameters` })
  for (const field of names)
    if (search.getAll(field).length > 1) errors.push({ field, message: 'is given more than once' })
  const filters = [...search].filter(([name]) => !isNamed(name))
  if (!takesFilters) {
    const remedy = names.length === 0 ? 'there are none' : `there are ${names.join(', ')}`
    for (const [field] of filters) errors.push({ field, message: `is no parameter: ${remedy}` })
  }
  const given = Object.fromEntries([...search].filter(([name]) => isNamed(name)))
  const { data, error } = schema.safeParse(given)
  if (error) errors.push(...toFieldErrors(error))
  if (errors.length > 0 || !data) return errors.slice(0, MAX_PARAMETERS)
  return { data, filters }
}
