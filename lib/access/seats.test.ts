import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Seats, withSeat } from './seats.ts'

describe('Seats', () => {
  it('never gives more than there are, and gives every one that is free, in whatever order clients come and go', () => {
    const step = fc.record({ address: fc.constantFrom('a', 'b', 'c'), leaves: fc.option(fc.nat()) })
    fc.assert(
      fc.property(
        fc.array(step),
        fc.integer({ min: 1, max: 6 }),
        fc.nat(3),
        (steps, maxClients, maxClientsPerIp) => {
          const seats = new Seats({ maxClients, maxClientsPerIp })
          const seated: { address: string; leave: () => void }[] = []
          for (const { address, leaves } of steps) {
            if (leaves !== null) {
              const gone = seated.splice(leaves % Math.max(seated.length, 1), 1)[0]
              gone?.leave()
              gone?.leave()
            }
            const ofAddress = seated.filter((one) => one.address === address).length
            const expected =
              maxClientsPerIp > 0 && ofAddress >= maxClientsPerIp
                ? 'address'
                : seated.length >= maxClients
                  ? 'full'
                  : 'seat'
            const leave = seats.take(address)
            expect(typeof leave === 'string' ? leave : 'seat').toBe(expected)
            if (typeof leave !== 'string') seated.push({ address, leave })
            expect(seats.taken).toBe(seated.length)
          }
        },
      ),
    )
  })
})

describe('withSeat', () => {
  it('gives the seat back where no stream was opened', async () => {
    const seats = new Seats({ maxClients: 1, maxClientsPerIp: 0 })
    const refused = await withSeat(() => Promise.resolve(new Response(null, { status: 404 })), seats)
    expect(refused.status).toBe(404)
    await expect(withSeat(() => Promise.reject(new Error('broken')), seats)).rejects.toThrow('broken')
    expect(seats.taken).toBe(0)
  })

  it('keeps it for as long as the stream lasts', async () => {
    const seats = new Seats({ maxClients: 1, maxClientsPerIp: 0 })
    let end = () => {}
    const open = (leave: () => void) => {
      end = leave
      return Promise.resolve(new Response())
    }
    expect((await withSeat(open, seats)).status).toBe(200)
    const refused = await withSeat(open, seats)
    expect(refused.status).toBe(503)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    end()
    expect((await withSeat(open, seats)).status).toBe(200)
  })

  it('tells who has too many of its own from who comes too late', async () => {
    const seats = new Seats({ maxClients: 5, maxClientsPerIp: 1 })
    await withSeat(() => Promise.resolve(new Response()), seats)
    const refused = await withSeat(() => Promise.resolve(new Response()), seats)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('content-type')).toBe('application/problem+json')
  })
})
