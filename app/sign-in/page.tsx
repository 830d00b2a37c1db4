import type { Metadata } from 'next'
import { SignInForm } from '../../components/access/sign-in-form.tsx'
import { ThemeSwitch } from '../../components/shell/theme-switch.tsx'
import { Card } from '../../components/ui/card.tsx'
import { Logo } from '../../components/ui/logo.tsx'
import { nextPath } from '../../lib/access/next-path.js'

export const metadata: Metadata = { title: 'Sign in · Tailboard', robots: { index: false } }

interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Where who has no session comes to; whoever has one is led on by the gate (lib/access). */
export default async function SignInPage({ searchParams }: Props) {
  const { next, wrong } = await searchParams
  return (
    <main id="content" className="grid min-h-dvh place-items-center px-4 py-12">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex items-center justify-between">
          <p className="flex items-center gap-2.5 font-semibold tracking-tight">
            <Logo /> Tailboard
          </p>
          <ThemeSwitch />
        </div>
        <Card className="p-6">
          <h1 className="font-semibold text-lg tracking-tight">Sign in</h1>
          <p className="mt-1 text-muted text-sm">
            This dashboard wants its access token. Whoever runs it has set it as{' '}
            <code className="text-ink">ACCESS_TOKEN</code>.
          </p>
          <SignInForm
            next={nextPath(typeof next === 'string' ? next : undefined)}
            isWrong={wrong !== undefined}
          />
        </Card>
      </div>
    </main>
  )
}
