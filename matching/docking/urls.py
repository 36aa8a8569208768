"""Addresses of docking rooms."""

from django.urls import path

from matching.docking import rooms, views
from web.actions import action_paths

ROOM = "rooms/<int:pk>/"

urlpatterns = [
    path("rooms/", views.room_list, name="rooms"),
    path("rooms/calendar/<str:token>.ics", views.feed, name="room-feed"),
    path(ROOM, views.room, name="room"),
    path(f"{ROOM}sign/", views.sign, name="room-sign"),
    path(f"{ROOM}say/", views.say, name="room-say"),
    path(f"{ROOM}messages/", views.all_messages, name="room-messages"),
    path(f"{ROOM}ask/", views.ask, name="room-ask"),
    path(f"{ROOM}questions/<int:question>/answer/", views.answer_question, name="room-answer"),
    path(f"{ROOM}meet/", views.propose_meeting, name="room-meet"),
    path(f"{ROOM}meetings/<int:meeting>/choose/", views.choose_time, name="room-choose"),
    path(f"{ROOM}meetings/<int:meeting>/call-off/", views.call_off_meeting, name="room-call-off"),
    path(f"{ROOM}meetings.ics", views.calendar, name="room-calendar"),
    path(f"{ROOM}terms/<slug:name>/", views.put_term, name="room-term"),
    path(f"{ROOM}terms/<slug:name>/accept/", views.accept_term, name="room-accept"),
    path(f"{ROOM}inspect/", views.inspect, name="room-inspect"),
    *action_paths(ROOM, rooms.ACTIONS, noun="room", find=views.find, show=views.show),
]
