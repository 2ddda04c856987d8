export { forgetOperations } from './fixtures/forget-operations.ts'
export {
  createMeteringFixture,
  imageCall,
  type MeteringFixture,
  newCustomer,
} from './fixtures/metering-fixture.ts'
