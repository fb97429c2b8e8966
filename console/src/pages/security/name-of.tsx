import { type Kind, useNames } from '../../api/names.ts'

/** What the thing of that id is called; the id where it is gone. */
export function NameOf({ kind, id }: { readonly kind: Kind; readonly id: string }) {
  const [name = id] = useNames(kind, [id])
  return name
}
