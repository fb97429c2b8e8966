import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvCell } from './csv.ts'

const CELLS: readonly [text: string, cell: string][] = [
  ['', ''],
  ['plain', 'plain'],
  ['with, comma', '"with, comma"'],
  ['a "quoted" word', '"a ""quoted"" word"'],
  ['two\r\nlines', '"two\r\nlines"'],
  ['=1+1', `"'=1+1"`],
  ['+49 30', `"'+49 30"`],
  ['-1', `"'-1"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1', `"'\t=1"`],
  [' =cmd|x', `"' =cmd|x"`],
  ['\u200B=1', `"'\u200B=1"`],
  ['＝1', `"'＝1"`],
  ['a=1', 'a=1'],
  ['2026-01-15T12:00:00.000Z', '2026-01-15T12:00:00.000Z'],
]
for (const [text, cell] of CELLS)
  test(`${JSON.stringify(text)} is the cell ${JSON.stringify(cell)}`, () => assert.equal(csvCell(text), cell))
