export { AUTHOR_ARGS, authorOf } from './cli/author-args.ts'
export { OPERATOR_COMMANDS } from './cli/operator-commands.ts'
export { COMMON_ARGS, withDatabase } from './cli/with-database.ts'
