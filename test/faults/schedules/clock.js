// Puts this process's clock back, as an operator does, when it is told to.
const { now } = Date;
let offsetMs = 0;
Date.now = () => now() + offsetMs;
globalThis.Date = class extends Date {
  constructor(...said) {
    super(...(said.length === 0 ? [Date.now()] : said));
  }
};
process.on("SIGUSR2", () => {
  offsetMs -= 20_000;
});
