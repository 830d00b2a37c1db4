/** Every read holds a connection of its own for as long as its client takes. */
const MAX_READS = 16

/** More clients read rows than there are connections for. */
export class TooManyReadsError extends Error {
  override readonly name = 'TooManyReadsError'
  constructor() {
    super(`More than ${MAX_READS} clients are reading rows`)
  }
}

/** How many clients are reading rows. */
export class Reads {
  #count = 0

  /** Returns the undo, to be called once. Throws {@link TooManyReadsError}. */
  begin(): () => void {
    if (this.#count >= MAX_READS) throw new TooManyReadsError()
    this.#count += 1
    return () => {
      this.#count -= 1
    }
  }
}
