'use client'

import { type SubmitEvent, useEffect, useId, useRef, useState } from 'react'
import { isSignedIn, type SignInAnswer, signIn } from '../../lib/browser/sign-in.ts'
import { Button } from '../ui/button.tsx'
import { Input } from '../ui/input.tsx'

interface SignInFormProps {
  /** Where to go on: a path of ours. */
  readonly next: string
  /** A token that was sent without scripts was wrong. */
  readonly isWrong: boolean
}

const WORDS: Readonly<Record<Exclude<SignInAnswer, 'in'>, string>> = {
  wrong: 'That is not the token.',
  busy: 'Too many wrong tokens have come from here. Wait a few seconds and try again.',
  away: 'The server does not answer. Try again in a moment.',
}

/** A form as any other, so that it works without scripts and password managers know it; a script spares the reload. */
export function SignInForm({ next, isWrong }: SignInFormProps) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [trouble, setTrouble] = useState(isWrong ? WORDS.wrong : undefined)
  const [isAsking, setAsking] = useState(false)

  // Who comes by a link of another site is signed in without this page's first request having said so.
  useEffect(() => {
    void isSignedIn().then((isIn) => {
      if (isIn) window.location.replace(next)
    })
  }, [next])

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isAsking) return
    setAsking(true)
    setTrouble(undefined)
    const answer = await signIn(field.current?.value ?? '')
    if (answer === 'in') return window.location.replace(next)
    setAsking(false)
    setTrouble(WORDS[answer])
    field.current?.select()
    field.current?.focus()
  }

  return (
    <form
      method="post"
      action="/sign-in"
      className="mt-5 grid gap-4"
      onSubmit={(event) => void submit(event)}
    >
      <input type="hidden" name="next" value={next} />
      {/* Password managers keep a password under a name. */}
      <input
        type="text"
        name="username"
        autoComplete="username"
        value="tailboard"
        readOnly
        hidden
        aria-hidden="true"
        tabIndex={-1}
      />
      <div className="grid gap-1.5">
        <label htmlFor={`${id}token`} className="font-medium text-sm">
          Access token
        </label>
        <Input
          ref={field}
          id={`${id}token`}
          name="token"
          type="password"
          autoComplete="current-password"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus
          className="h-10"
          aria-invalid={trouble !== undefined}
          aria-describedby={`${id}trouble`}
        />
        <p id={`${id}trouble`} role="alert" className="min-h-5 text-sm text-trouble">
          {trouble}
        </p>
      </div>
      <Button type="submit" look="strong" size="normal" disabled={isAsking}>
        {isAsking ? 'Asking…' : 'Sign in'}
      </Button>
    </form>
  )
}
