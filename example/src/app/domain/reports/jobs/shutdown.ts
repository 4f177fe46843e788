export default async function closeWarehouse() {}
