// Does on the page what a reviewer does, and leaves what it saw in the title.
const press = (key) => document.dispatchEvent(new KeyboardEvent("keydown", { key }));
const seen = () => [...document.querySelectorAll(".passage:not([hidden])")].length;
const told = [seen()];
press("j"); press("j");
told.push(document.activeElement.querySelector(".number").textContent);
told.push(document.querySelectorAll("mark.lit").length > 0);
press("k");
told.push(document.activeElement.querySelector(".number").textContent);
document.querySelector("button[data-voice=predicted]").click();
const left = [...document.querySelectorAll(".claim:not([hidden])")];
told.push(seen(), left.every((claim) => claim.dataset.voice === "predicted"));
document.querySelector("button[data-voice=predicted]").click();
told.push(seen());
document.title = JSON.stringify(told);
