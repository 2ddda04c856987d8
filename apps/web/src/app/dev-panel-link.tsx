/** Leads to the server's dev panel, which only exists under `npm run dev`. */
export function DevPanelLink() {
  return (
    <a
      href={String(import.meta.env['VITE_DEV_PANEL'])}
      className="flex min-h-11 items-center rounded-control px-2 text-sm font-medium whitespace-nowrap text-muted hover:bg-sunken hover:text-ink"
    >
      Dev panel
    </a>
  )
}
