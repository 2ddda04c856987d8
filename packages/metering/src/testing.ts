export { forgetOperations } from './fixtures/forget-operations.ts'
