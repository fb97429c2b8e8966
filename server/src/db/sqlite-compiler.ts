import { type LimitNode, SqliteQueryCompiler, ValueNode } from 'kysely'

/**
 * Writes `limit 1` out. A plan may depend on the limit, so SQLite makes a new one at each run of a statement whose limit is bound, which
 * takes longer than to find a row by its key. The limits of lists vary and stay bound: a statement for each would be kept.
 */
export class SqliteCompiler extends SqliteQueryCompiler {
  protected override visitLimit(node: LimitNode): void {
    if (ValueNode.is(node.limit) && node.limit.value === 1) this.append('limit 1')
    else super.visitLimit(node)
  }
}
