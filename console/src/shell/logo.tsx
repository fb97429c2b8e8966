/** The mark of the hosted pages: two halves of an arch, held by the keystone between them. */
export function Logo({ size }: { readonly size: number }) {
  return (
    <svg viewBox="0 0 48 48" width={size} height={size} aria-hidden="true" focusable="false">
      <path
        fill="var(--mantine-primary-color-filled)"
        d="M17.86 6.42A21 21 0 0 0 3 26.5V43.5h11.5V26.5A9.5 9.5 0 0 1 20.29 17.76Z M30.14 6.42A21 21 0 0 1 45 26.5V43.5h-11.5V26.5A9.5 9.5 0 0 0 27.71 17.76Z"
      />
      <path fill="light-dark(#b88130, #e0b15e)" d="M19.03 3H28.97L25.44 19.5H22.56Z" />
    </svg>
  )
}
