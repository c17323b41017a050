// A lead's page: after an undo it is loaded anew.

document.addEventListener("leads:undone", () => location.reload());
