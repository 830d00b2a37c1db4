import { expect, test } from 'vitest'
import { Mailbox } from './mailbox.ts'

test('gives all that waits, in order, and waits where nothing does', async () => {
  const mailbox = new Mailbox<number>()
  mailbox.put(1)
  mailbox.put(2)
  expect(mailbox.size).toBe(2)
  expect(await mailbox.take()).toEqual([1, 2])
  const later = mailbox.take()
  mailbox.put(3)
  expect(await later).toEqual([3])
})

test('an end lets what waits be taken, and nothing that comes after it', async () => {
  const mailbox = new Mailbox<number>()
  mailbox.put(1)
  mailbox.end()
  mailbox.put(2)
  mailbox.fail(new Error('too late'))
  expect(await mailbox.take()).toEqual([1])
  expect(await mailbox.take()).toBeUndefined()
})

test('a failure is met by whoever waits, after what came before it', async () => {
  const mailbox = new Mailbox<number>()
  const waiting = mailbox.take()
  mailbox.fail(new Error('no more'))
  await expect(waiting).rejects.toThrow('no more')
  const full = new Mailbox<number>()
  full.put(1)
  full.fail(new Error('no more'))
  expect(await full.take()).toEqual([1])
  await expect(full.take()).rejects.toThrow('no more')
})
