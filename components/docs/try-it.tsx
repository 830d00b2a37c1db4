'use client'

import { type SubmitEvent, useId, useState } from 'react'
import { type TriedAnswer, toApiPath, tryPath } from '../../lib/browser/try-path.ts'
import { Button } from '../ui/button.tsx'
import { Input } from '../ui/input.tsx'

/** Asks this server for a path that may be changed, and shows what it answers. */
export function TryIt({ path, name }: { path: string; name: string }) {
  const id = useId()
  const [text, setText] = useState(path)
  const [answer, setAnswer] = useState<TriedAnswer>()
  const [trouble, setTrouble] = useState<string>()
  const [isAsking, setAsking] = useState(false)

  const ask = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isAsking) return
    setAnswer(undefined)
    const asked = toApiPath(text)
    setTrouble(asked === undefined ? 'The path has to begin with /api.' : undefined)
    if (asked === undefined) return
    setAsking(true)
    try {
      setAnswer(await tryPath(asked))
    } catch {
      setTrouble('The server does not answer. Try again in a moment.')
    } finally {
      setAsking(false)
    }
  }

  return (
    <div className="mt-4">
      <form className="flex gap-2" onSubmit={(event) => void ask(event)}>
        <Input
          className="flex-1 font-mono text-xs"
          aria-label={`Path to try: ${name}`}
          aria-invalid={trouble !== undefined}
          aria-describedby={`${id}said`}
          spellCheck={false}
          autoCapitalize="none"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <Button type="submit" size="medium" aria-disabled={isAsking}>
          Try it
        </Button>
      </form>
      <p
        id={`${id}said`}
        role="status"
        className={`mt-1.5 min-h-5 text-xs ${trouble ? 'text-trouble' : 'text-muted'}`}
      >
        {isAsking ? 'Asking…' : (trouble ?? (answer && summaryOf(answer)))}
      </p>
      {answer?.text && (
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          aria-label={`Answer: ${name}`}
          className="mt-1 max-h-72 overflow-auto rounded-lg border border-line bg-sunken p-3"
        >
          <pre className="whitespace-pre-wrap text-xs leading-5 [overflow-wrap:anywhere]">{answer.text}</pre>
        </section>
      )}
    </div>
  )
}

function summaryOf({ status, contentType, durationMs, isCut }: TriedAnswer): string {
  const what = `${status} · ${contentType} · ${Math.round(durationMs)} ms`
  if (contentType === 'text/event-stream') return `${what} · a stream: see the box at the top of this page`
  return isCut ? `${what} · only the beginning is shown` : what
}
