import type { Batch } from '../protocol/batch.ts'
import type { EventId } from '../protocol/event-id.ts'
import type { Column } from '../protocol/events.ts'
import type { RowJson } from '../protocol/row.ts'
import { Channel } from './channel.ts'
import type { Encoder } from './encoder.ts'
import { type History, mapUpdates } from './history.ts'

export const HEARTBEAT_MS = 5_000
/** Shapes of one relation that can be read at once. */
const MAX_SHAPES = 100

/** A filter and a projection of a relation. */
export interface Shape {
  /** Equal for shapes that are the same; empty for the whole relation. */
  readonly key: string
  readonly columns: readonly Column[]
  /** The row as the shape has it, or undefined where it is filtered out. */
  map(row: RowJson): RowJson | undefined
}

/** What is asked for, before the relation's columns are known. */
export interface ShapeRequest {
  /** Equal for requests that are written alike. */
  readonly key: string
  /** The shape over these columns, or, where they do not fit, why not. */
  create(columns: readonly Column[]): Shape | string
}

/** What the rows of a hub are. */
export interface RelationDescription {
  readonly relation: string
  readonly columns: readonly Column[]
  /** The epoch of a shape of the relation. */
  epochOf(shapeKey: string): string
}

/** More shapes are asked for than are folded at once. */
export class TooManyShapesError extends Error {
  override readonly name = 'TooManyShapesError'
  constructor() {
    super(`More than ${MAX_SHAPES} different filters and projections are being read`)
  }
}

export interface HubOptions<Chunk> {
  readonly encoder: Encoder<Chunk>
  /** Called when the last client has left. */
  readonly onEmpty: () => void
  /** Told how long it took to give an update to all who read the relation or a shape of it. */
  readonly onFanout?: ((seconds: number) => void) | undefined
}

interface Shaped<Chunk> {
  readonly request: ShapeRequest
  readonly channel: Channel<Chunk>
  /** Undefined until the relation's columns are known. */
  shape: Shape | undefined
}

/**
 * One relation for all who read it: the whole of it, and each shape that somebody asks for, folded once however many
 * ask. Publishing goes to all of them.
 */
export class Hub<Chunk> {
  readonly #whole: Channel<Chunk>
  readonly #shapes = new Map<string, Shaped<Chunk>>()
  readonly #heartbeats: NodeJS.Timeout
  readonly #encoder: Encoder<Chunk>
  readonly #onEmpty: () => void
  readonly #onFanout: HubOptions<Chunk>['onFanout']
  #what: RelationDescription | undefined
  #status: { state: 'live' | 'reconnecting'; reason: string } | undefined

  constructor({ encoder, onEmpty, onFanout }: HubOptions<Chunk>) {
    this.#onFanout = onFanout
    this.#encoder = encoder
    this.#onEmpty = onEmpty
    this.#whole = new Channel({ encoder, onEmpty: () => this.#left(), onFanout })
    this.#heartbeats = setInterval(() => {
      for (const channel of this.#channels()) channel.heartbeat()
    }, HEARTBEAT_MS)
  }

  /** Connected clients, of the whole relation and of all its shapes. */
  get size(): number {
    return this.#channels().reduce((sum, { size }) => sum + size, 0)
  }

  /** Distinct rows, undefined before the first snapshot. */
  get rowCount(): number | undefined {
    return this.#whole.history?.size
  }

  /** The relation's columns, undefined before the first snapshot. */
  get columns(): readonly Column[] | undefined {
    return this.#what?.columns
  }

  /** Of the whole relation: its epoch, and as of when its rows are exact. */
  get position(): EventId | undefined {
    return this.#whole.position
  }

  /** The channel of the whole relation, or of a shape of it. Throws {@link TooManyShapesError}. */
  channel(request?: ShapeRequest): Channel<Chunk> {
    if (!request) return this.#whole
    const existing = this.#shapes.get(request.key)
    if (existing) return existing.channel
    if (this.#shapes.size >= MAX_SHAPES) throw new TooManyShapesError()
    const channel = new Channel({
      encoder: this.#encoder,
      onFanout: this.#onFanout,
      onEmpty: () => {
        this.#shapes.delete(request.key)
        this.#left()
      },
    })
    if (this.#status) channel.setStatus(this.#status.state, this.#status.reason)
    const shaped: Shaped<Chunk> = { request, channel, shape: undefined }
    this.#shapes.set(request.key, shaped)
    if (this.#what && this.#whole.history) this.#beginShape(shaped, this.#what, this.#whole.history)
    return channel
  }

  /** The rows are these from now on. All clients are sent them, as what they had is something else. */
  begin(what: RelationDescription, history: History): void {
    this.#what = what
    this.#whole.begin({ relation: what.relation, columns: what.columns, epoch: what.epochOf('') }, history)
    for (const shaped of [...this.#shapes.values()]) this.#beginShape(shaped, what, history)
  }

  /** Continues after a gap: clients are sent the difference between what was held and these rows. */
  rebase(fresh: History): void {
    this.#whole.rebase(fresh)
    for (const { channel, shape } of this.#shapes.values()) if (shape) channel.rebase(fresh.map(shape.map))
  }

  /** Sends what the batches change as one event; without a change only the position moves. Throws `FoldError`. */
  publish(batches: readonly Batch[]): void {
    this.#whole.publish(batches)
    for (const { channel, shape } of this.#shapes.values()) {
      if (shape)
        channel.publish(
          batches.map(({ timestamp, updates }) => ({ timestamp, updates: mapUpdates(updates, shape.map) })),
        )
    }
  }

  /** Tells all clients, and those that come, how the upstream does. */
  setStatus(state: 'live' | 'reconnecting', reason: string): void {
    this.#status = { state, reason }
    for (const channel of this.#channels()) channel.setStatus(state, reason)
  }

  /** The relation is no more: tells why and ends all streams. */
  gone(reason: string): void {
    this.dispose()
    for (const channel of this.#channels()) channel.gone(reason)
  }

  /** The server is going away: ends all streams, each with a reconnect time of its own. */
  shutdown(): void {
    this.dispose()
    for (const channel of this.#channels()) channel.shutdown()
  }

  /** Stops the heartbeats. */
  dispose(): void {
    clearInterval(this.#heartbeats)
  }

  #channels(): Channel<Chunk>[] {
    return [this.#whole, ...[...this.#shapes.values()].map(({ channel }) => channel)]
  }

  #left(): void {
    if (this.size === 0) this.#onEmpty()
  }

  #beginShape(shaped: Shaped<Chunk>, what: RelationDescription, history: History): void {
    const { request, channel } = shaped
    const shape = request.create(what.columns)
    if (typeof shape === 'string') {
      channel.gone(shape)
      return
    }
    shaped.shape = shape
    const { relation, epochOf } = what
    channel.begin({ relation, columns: shape.columns, epoch: epochOf(shape.key) }, history.map(shape.map))
  }
}
