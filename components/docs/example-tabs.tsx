import type { Examples } from '../../lib/api/examples.ts'
import { CopyButton } from '../explorer/copy-button.tsx'

const LANGUAGES = [
  ['curl', 'curl'],
  ['javascript', 'JavaScript'],
  ['python', 'Python'],
] as const

/** The same call in three languages, one of them in view. The browser itself opens and closes them. */
export function ExampleTabs({ id, examples }: { id: string; examples: Examples }) {
  return (
    <div className="divide-y divide-line overflow-hidden rounded-lg border border-line">
      {LANGUAGES.map(([language, name]) => (
        <details key={language} name={`example-${id}`} open={language === 'curl'} className="group">
          <summary className="cursor-pointer px-3 py-1.5 text-muted text-xs hover:bg-sunken hover:text-ink focus-visible:-outline-offset-2 group-open:font-medium group-open:text-ink">
            {name}
          </summary>
          <div className="bg-sunken p-3">
            <div className="float-right ml-3">
              <CopyButton text={examples[language]} />
            </div>
            <pre
              data-example={`${id}-${language}`}
              className="min-h-7 whitespace-pre-wrap text-xs leading-5 [overflow-wrap:anywhere]"
            >
              {examples[language]}
            </pre>
          </div>
        </details>
      ))}
    </div>
  )
}
