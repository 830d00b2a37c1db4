import type { Column, Values } from '../change.ts'
import { parameterStatus } from '../wire/backend.ts'
import type { Conversation } from './conversation.ts'

export const textColumn = (name: string): Column => ({ name, typeOid: 25, typeSize: -1, typeModifier: -1 })

/** SET and RESET: no value stands for the default. */
export function setVariable(
  session: Conversation,
  { name, value, local }: { name: string; value: string | undefined; local: boolean },
): void {
  const reported = session.variables.set(name === 'schema' ? 'search_path' : name, value, local)
  if (reported) session.output.write(parameterStatus(...reported))
  if (!session.transaction.open) session.variables.endTransaction(true)
}

/** SHOW of a variable. It is looked up when it runs: the columns are told even of an unknown one. */
export function showVariable(
  session: Conversation,
  name: string,
): [readonly Column[], () => readonly Values[]] {
  if (name === 'all') {
    return [['name', 'setting', 'description'].map(textColumn), () => [...session.variables.all()]]
  }
  return [[textColumn(name.toLowerCase())], () => [[session.variables.get(name)]]]
}
