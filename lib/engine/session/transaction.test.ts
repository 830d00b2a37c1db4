import { expect, test } from 'vitest'
import { Transaction } from './transaction.ts'

function begun(era: 'tail' | 'subscribe'): Transaction {
  const transaction = new Transaction(era)
  transaction.begin('explicit', 0)
  return transaction
}

test('tells its status', () => {
  const transaction = new Transaction('tail')
  expect(transaction.status).toBe('I')
  expect(transaction.begin('explicit', 0)).toBe(true)
  expect(transaction.status).toBe('T')
  expect(transaction.begin('explicit', 0)).toBe(false)
  transaction.fail()
  expect(transaction.status).toBe('E')
  transaction.end()
  expect(transaction.status).toBe('I')
})

test('a BEGIN in a query string keeps what came before it', () => {
  const transaction = new Transaction('tail')
  transaction.begin('implicit', 0)
  transaction.enter('write')
  transaction.write({ sql: 'INSERT' })
  expect(transaction.begin('explicit', 0)).toBe(true)
  expect(transaction.status).toBe('T')
  expect(transaction.end()).toEqual([{ sql: 'INSERT' }])
})

test('is of one kind', () => {
  const mixed = (first: 'read' | 'write' | 'subscribe', second: 'read' | 'write' | 'subscribe') => {
    const transaction = begun('tail')
    transaction.enter(first)
    try {
      transaction.enter(second)
    } catch (error) {
      return (error as Error).message
    }
    return 'fine'
  }
  expect(mixed('read', 'read')).toBe('fine')
  expect(mixed('write', 'write')).toBe('fine')
  expect(mixed('read', 'subscribe')).toBe('transaction in read-only mode')
  expect(mixed('write', 'read')).toBe('transaction in write-only mode')
  expect(mixed('subscribe', 'read')).toBe('TAIL in transactions must be the only read statement')
  expect(mixed('subscribe', 'subscribe')).toBe('TAIL in transactions must be the only read statement')
})

test('later on, one that begins with constants cannot read a table', () => {
  const transaction = begun('subscribe')
  transaction.enterConstant()
  transaction.enterCluster([])
  expect(() => transaction.enterCluster(['materialize.public.t'])).toThrow(
    'querying the following items "materialize.public.t" is not allowed from the "mz_catalog_server" cluster',
  )
})

test('forgets its writes when it fails', () => {
  const transaction = begun('tail')
  transaction.enter('write')
  transaction.write({ sql: 'INSERT' })
  transaction.fail()
  expect(transaction.end()).toEqual([])
})
