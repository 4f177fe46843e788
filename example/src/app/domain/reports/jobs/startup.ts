export default async function openWarehouse() {
  return { warehouse: { rows: 1_000 } };
}

declare module "taskq" {
  interface State {
    warehouse: { readonly rows: number };
  }
}
