"""Every address of the desk. None holds anything that was given to us: browsers keep addresses."""

from django.urls import path

from .views import answer, claim, plain, sheet, start, text, typed

urlpatterns = [
    path("", start.start),
    path("file/", start.file),
    path("paste/", start.cells),
    path("text/", start.text),
    path("text/<str:name>/", text.text),
    path("text/<str:name>/<int:number>/", text.bind),
    path("sheet/<str:name>/", sheet.sheet),
    path("sheet/<str:name>/<int:table>/<int:line>/", claim.of_line),
    path("type/", typed.what),
    path("type/<str:name>/", typed.values),
    path("figures/<str:name>/", typed.understood),
    path("claim/<str:name>/", claim.of_typed),
    path("answer/<str:name>/", answer.answer),
    path("answer/<str:name>/<str:what>", answer.taken_away),
    path("about/", plain.about),
    path("forget/", plain.forget),
    path("static/<str:name>", plain.static),
]
handler400 = "answerable.desk.views.plain.not_understood"
handler403 = "answerable.desk.views.plain.not_from_here"
handler404 = "answerable.desk.views.plain.not_there"
handler500 = "answerable.desk.views.plain.our_fault"
