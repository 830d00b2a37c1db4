import { addIndex, type CatalogChange, type CatalogObject, forget, keepBody, sqlName } from './catalog.ts'
import { readColumns } from './columns.ts'
import { internalError } from './errors.ts'
import type { IndexStatement } from './index-statement.ts'
import { columnKey, type IndexKey, indexBody, indexKeys } from './print/created.ts'
import type { Registry } from './registry.ts'
import type { Context } from './views/relation.ts'

/** Indexes as the catalog shows them; what is kept up is chosen by the engine itself. */
export class IndexObjects {
  readonly #context: Context
  readonly #registry: Registry

  constructor(context: Context, registry: Registry) {
    this.#context = context
    this.#registry = registry
  }

  /** CREATE INDEX. */
  create({ name, on, keys }: IndexStatement): CatalogChange {
    const { backend, era } = this.#context
    const { object, failure } = this.#registry.find(on)
    // An index maintains its view.
    if (failure) throw failure
    // Its columns must be there.
    if (keys !== undefined) backend.describe(`SELECT ${keys} FROM ${sqlName(object)}`)
    const columns = keys === undefined ? undefined : indexKeys(keys, era)
    const chosen = name ?? this.#freeName(object, columns)
    if (this.#registry.lookUp(object.schema, chosen)) {
      throw internalError(
        era === 'tail'
          ? `catalog item '${chosen}' already exists`
          : `index "materialize.${object.schema}.${chosen}" already exists`,
      )
    }
    return { added: [this.add(object, chosen, columns)], dropped: [] }
  }

  /** Without keys of its own an index is over all columns. */
  add(on: CatalogObject, name: string, keys: readonly IndexKey[] = this.#allOf(on)): CatalogObject {
    const { backend } = this.#context
    const object = addIndex(
      backend,
      on,
      name,
      keys.map((key) => key.shown),
    )
    keepBody(backend, object.id, indexBody(on, keys))
    return object
  }

  drop(names: readonly (readonly string[])[], ifExists: boolean): CatalogChange {
    const dropped = names.flatMap((parts) => {
      const entry = this.#registry.lookUp(parts.at(-2), parts.at(-1) ?? '')
      if (!entry && !ifExists) throw internalError(`unknown catalog item '${parts.join('.')}'`)
      return entry ? [entry.object] : []
    })
    for (const object of dropped) forget(this.#context.backend, object)
    return { added: [], dropped }
  }

  #allOf(on: CatalogObject): IndexKey[] {
    return readColumns(this.#context, `SELECT * FROM ${sqlName(on)}`).map(({ name }) => columnKey(name))
  }

  #freeName(on: CatalogObject, keys: readonly IndexKey[] | undefined): string {
    const names = keys?.map(({ column }) => column ?? 'expr') ?? ['primary']
    const base = `${on.name}_${names.join('_')}_idx`
    for (let number = 0; ; number++) {
      const name = number === 0 ? base : `${base}${number}`
      if (!this.#registry.lookUp(on.schema, name)) return name
    }
  }
}
