/** One line of an export. */
export type ExportLine = { kind: string; [field: string]: unknown }
