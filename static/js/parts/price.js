/* The price line follows the chosen variant. */
addEventListener("change", (event) => {
  const choice = event.target.closest(".buy-variants input");
  if (!choice) return;
  const line = choice.form.querySelector(".buy-price");
  line.querySelector(".price-main b").textContent = choice.dataset.price;
  const unit = line.querySelector(".unit-price");
  if (unit) unit.textContent = choice.dataset.unit;
  let deposit = line.querySelector(".price-deposit");
  if (!deposit && choice.dataset.deposit) {
    deposit = document.createElement("p");
    deposit.className = "price-deposit";
    line.querySelector(".price-main").after(deposit);
  }
  if (deposit) deposit.textContent = choice.dataset.deposit;
  for (const other of line.querySelectorAll(".reduction, .stock-word")) other.remove();
});
