export default async function closeLedger() {}
