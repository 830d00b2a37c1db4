import { z } from 'zod'

/** What the simulator tells the process that started it. */
export const simulatorMessageSchema = z.discriminatedUnion('type', [
  /** The demo relations are there; told again after each reconnect. */
  z.object({ type: z.literal('ready') }),
  /** It ends, and trying again would not help. */
  z.object({ type: z.literal('failed'), reason: z.string() }),
])

export type SimulatorMessage = z.infer<typeof simulatorMessageSchema>
