// Ticks the first claim of the change, narrows the page, and leaves what it saw in the title.
const changes = document.getElementById("changes");
const seen = () => [...changes.querySelectorAll(".claim:not([hidden])")].length;
const told = [document.querySelector(".tally").textContent];
changes.querySelector(".tick").click();
told.push(document.querySelector(".tally").textContent);
document.querySelector("button[data-unread]").click();
told.push(seen());
document.querySelector("button[data-unread]").click();
document.querySelector("button[data-clean]").click();
told.push(seen());
const key = changes.querySelector(".claim").dataset.key;
told.push(localStorage.getItem(`legation:${key}`) === "read");
document.title = JSON.stringify(told);
