import { Card } from '../ui/card.tsx'

interface OperationListProps {
  /** Parts of the page, each with what leads into it. */
  readonly groups: readonly { readonly name: string; readonly links: readonly OperationLink[] }[]
}

/** Where on the page an operation, or something else, is told. */
export interface OperationLink {
  readonly id: string
  /** The path of an operation. */
  readonly name: string
  readonly method?: string
}

/** What there is on the page, beside it where there is room. */
export function OperationList({ groups }: OperationListProps) {
  return (
    <nav
      aria-label="On this page"
      className="xl:sticky xl:top-20 xl:max-h-[calc(100dvh-6rem)] xl:self-start xl:overflow-y-auto"
    >
      <Card className="grid gap-x-6 gap-y-4 px-4 py-3.5 sm:grid-cols-2 lg:grid-cols-4 xl:grid-cols-1">
        {groups.map(({ name, links }) => (
          <div key={name}>
            <p className="mb-1 font-medium text-muted text-xs">{name}</p>
            <ul className="text-sm">
              {links.map(({ id, name: link, method }) => (
                <li key={id}>
                  <a
                    href={`#${id}`}
                    className="flex items-baseline gap-1.5 rounded py-1 [overflow-wrap:anywhere] hover:text-accent hover:underline"
                  >
                    {method && (
                      <span className="w-8 shrink-0 font-mono text-[0.6875rem] text-muted">
                        {method.toUpperCase()}
                      </span>
                    )}
                    {method ? <code className="text-xs">{link}</code> : link}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </Card>
    </nav>
  )
}
