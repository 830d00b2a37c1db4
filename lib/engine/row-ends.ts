const NEWLINE = '\n'.charCodeAt(0)
const BACKSLASH = '\\'.charCodeAt(0)

/** Finds where the last whole row of what has come of a COPY FROM ends; every byte is shown once, in order. */
export interface RowEnds {
  /** How many bytes of `bytes` belong to rows that end in them; 0: no row ends here. */
  last(bytes: Uint8Array): number
}

/** The text format: a newline ends a row unless an odd number of backslashes stands before it. */
export class TextRowEnds implements RowEnds {
  /** How many backslashes the bytes before end with. */
  #backslashes = 0

  last(bytes: Uint8Array): number {
    let end = 0
    for (
      let at = bytes.lastIndexOf(NEWLINE);
      at >= 0 && end === 0;
      at = at === 0 ? -1 : bytes.lastIndexOf(NEWLINE, at - 1)
    ) {
      if (this.#backslashesBefore(bytes, at) % 2 === 0) end = at + 1
    }
    this.#backslashes = this.#backslashesBefore(bytes, bytes.length)
    return end
  }

  #backslashesBefore(bytes: Uint8Array, at: number): number {
    let first = at
    while (first > 0 && bytes[first - 1] === BACKSLASH) first--
    return at - first + (first === 0 ? this.#backslashes : 0)
  }
}

/** CSV: a newline ends a row unless it stands in quotes. */
export class CsvRowEnds implements RowEnds {
  readonly #quote: number
  readonly #escape: number
  #isQuoted = false
  #isEscaped = false

  constructor(quote: string, escapedBy: string) {
    this.#quote = quote.charCodeAt(0)
    this.#escape = escapedBy.charCodeAt(0)
  }

  last(bytes: Uint8Array): number {
    let end = 0
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at]
      if (this.#isEscaped) this.#isEscaped = false
      else if (this.#isQuoted && byte === this.#escape && this.#escape !== this.#quote) this.#isEscaped = true
      else if (byte === this.#quote) this.#isQuoted = !this.#isQuoted
      else if (byte === NEWLINE && !this.#isQuoted) end = at + 1
    }
    return end
  }
}
