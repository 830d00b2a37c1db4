import { Fragment } from 'react'
import type { JsonSchema } from '../../lib/api/components.ts'
import { schemaWords } from './schema-words.ts'

/** What a value of a schema is; named schemas lead to where they are told. */
export function SchemaType({ schema }: { schema: JsonSchema }) {
  return (
    <span className="text-muted [overflow-wrap:anywhere]">
      {schemaWords(schema).map((word, i) =>
        'name' in word ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the words of a schema never change
          <a key={i} href={`#schema-${word.name}`} className="text-accent underline underline-offset-2">
            {word.name}
          </a>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the words of a schema never change
          <Fragment key={i}>{word.text}</Fragment>
        ),
      )}
    </span>
  )
}

/** A sentence of the document; what stands between backticks is code. */
export function Prose({ text }: { text: string }) {
  return text.split('`').map((part, i) =>
    i % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change
      <code key={i} className="rounded bg-sunken px-1 py-0.5 text-[0.9em] [overflow-wrap:anywhere]">
        {part}
      </code>
    ) : (
      part
    ),
  )
}
