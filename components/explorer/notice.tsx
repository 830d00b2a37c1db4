import type { ReactNode } from 'react'

interface NoticeProps {
  readonly icon: ReactNode
  readonly title: string
  readonly children?: ReactNode
  /** What can be done about it. */
  readonly actions?: ReactNode
}

/** In place of something that cannot be shown: what is the matter, and what to do next. */
export function Notice({ icon, title, children, actions }: NoticeProps) {
  return (
    <div className="mx-auto flex max-w-xl flex-col items-center px-6 py-14 text-center">
      <span aria-hidden="true" className="mb-4 rounded-full bg-sunken p-3 text-muted [&_svg]:size-6">
        {icon}
      </span>
      <h2 className="text-balance font-semibold text-base">{title}</h2>
      <div className="mt-1.5 text-balance text-muted text-sm [overflow-wrap:anywhere]">{children}</div>
      {actions && <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  )
}
